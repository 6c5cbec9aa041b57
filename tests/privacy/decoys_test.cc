// What looks like personal data and is not: every line must stay as it is.
#include <doctest/doctest.h>

#include "finding.h"

using namespace tertulia;
using namespace tertulia::test;

TEST_CASE("decoys stay") {
  for (const char* text : {
           "pedido 612345678 sin llegar", "mi nº de pedido es 4821937465", "expediente 987654321/2024", "ticket #482913", "póliza 612345678", "siniestro nº 712345678",
           "Ley 38/1999 de Ordenación de la Edificación", "el modelo 303 y el 130", "la hipoteca son 180.000 €", "cuesta 1.234.567,89 euros", "120 m2 y 3500 kWh", "parcela de 650 m²",
           "quedamos el 12/05/2025 a las 18:30", "el 3 de mayo de 2025 firmamos", "del 01/01/2024 al 31/12/2024", "mi tarjeta acabada en 1234", "caduca el 12/27", "la 4*** **** **** 1234",
           "epígrafe IAE 501.1, CNAE 4711", "BOE-A-2019-1234", "IMEI 356938035643809", "seguimiento PQ4X2B0412345678901234X", "el envío 1Z999AA10123456784", "llama al 900 123 456",
           "al 902 20 20 20 no lo cogen", "llamad al 112 o al 016", "el 1004 comunica", "16:45:30", "2024-06-12T10:15:30Z", "1612345678901", "40.4168, -3.7038", "versión 1.2.3.4",
           "hola.chao", "rpc.py falla", "la calle Mayor está cortada", "vivo en Oviedo, Asturias", "en 2019 y 2023", "el vuelo IB3214", "artículo 1234 del Código Civil", "código postal incorrecto",
           "el IVA al 21 %", "me quedan 45 años de hipoteca", "somos 6 o 7 personas", "la factura 2024/000123", "reserva ABC123", "localizador X7K9PQ", "contrato 123456789", "lote 20240612",
           "un 9 de 10", "el coche de 2021 BMW", "2500 kwh al año", "3000 rpm", "el Real Decreto 1234/2020", "talla 42, ref. 123456", "ISBN 978-84-376-0494-7", "EAN 8412345678905",
           "la contraseña no va", "he olvidado la clave", "el PIN se bloqueó 3 veces", "nota media 8,75", "los 20.000 del depósito al 3,5 %", "mil novecientos ochenta y cuatro", "ciento ochenta mil euros",
           "una arroba de vino", "Avenida de América, línea 7", "plaza de garaje por 12.000", "a 12 km de Siero", "el 5G y el wifi 6", "los artículos 15 a 22 del RGPD", "Orden ECO/805/2003",
           "referencia 678123456 del recibo", "cuota 123,45", "la nómina de 1.500 a 2.000"}) {
    CHECK_MESSAGE(found_in(text).empty(), std::string(text), " -> ", found_in(text));
  }
}
