#include "ingest/mail_quotes.h"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

TEST_CASE("a person's own words") {
  const Marks marks = Marks::load("").value();
  struct Row {
    std::string text, own;
  };
  const Row rows[] = {
      {"", ""},
      {"hola\n\n\n\nadiós  \n\n", "hola\n\nadiós"},
      {"> viejo\nnuevo\n> viejo\n", "nuevo"},
      {"nuevo\n\nEl lun, 3 mar 2025 a las 10:12, Ana (<a@x.es>) escribió:\n\n> viejo\n", "nuevo"},
      {"nuevo\nEl lun, 3 mar 2025 a las 10:12, Ana García de la Torre\n(<a@x.es>)\nescribió:\nviejo sin marcas\n", "nuevo"},
      {"El 3/3/25 a las 10:12, Ana escribió:\n> viejo\nrespuesta debajo\n", "respuesta debajo"},
      {"On Mon, Mar 3, 2025 at 10:12 AM Ana <a@x.es> wrote:\n> old\nnew\n", "new"},
      {"Ana <a@x.es> ha escrito:\n> viejo\n", ""},
      {"El gestor escribió: nada\nsigo\n", "El gestor escribió: nada\nsigo"},
      {"El martes mi cuñado me escribió:\nhola\n", "El martes mi cuñado me escribió:\nhola"},  // no date in it
      {"En 2024 compramos la parcela.\n\nY ya está.\n", "En 2024 compramos la parcela.\n\nY ya está."},
      {"nuevo\n-----Mensaje original-----\nviejo\n", "nuevo"},
      {"nuevo\n---------- Forwarded message ---------\nviejo\n", "nuevo"},
      {"nuevo\nInicio del mensaje reenviado:\nviejo\n", "nuevo"},
      {"el mensaje original era otro\n", "el mensaje original era otro"},
      {"nuevo\n________________________________\nDe: Ana\nEnviado: lunes\nPara: Banco\nAsunto: x\n\nviejo\n", "nuevo"},
      {"nuevo\n*De:* Ana\n*Enviado el:* lunes\n*Para:* Banco\n*Asunto:* x\nviejo\n", "nuevo"},
      {"nuevo\nFrom: Ana\nSent: Monday\nTo: Bank\nSubject: x\nold\n", "nuevo"},
      {"De: la casa hablamos luego\nPara: nada\nsigo\n", "De: la casa hablamos luego\nPara: nada\nsigo"},
      {"nuevo\n\nEnviado desde mi iPhone\n", "nuevo"},
      {"nuevo\nEnviado desde mi iPhone\n\nEl 3 mar 2025, a las 10:12, Ana <a@x.es> escribió:\n\n> viejo\n", "nuevo"},
      {"nuevo\n-- \nAna\nTel 600\n", "nuevo"},
      {"nuevo\n--\nAna\n", "nuevo"},
      {"a -- b\n", "a -- b"},
      {"nuevo\n\nAVISO LEGAL: bla\nbla\n", "nuevo"},
      {"nuevo\n*Aviso de confidencialidad* bla\n", "nuevo"},
      {"Nuevo\nEste mensaje y sus archivos adjuntos son confidenciales\n", "Nuevo"},
      {"no leí el aviso legal de la web\n", "no leí el aviso legal de la web"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(own_words(row.text, marks) == row.own);
    CHECK(own_words(own_words(row.text, marks), marks) == own_words(row.text, marks));
  }
}

TEST_CASE("a megabyte of one line is quickly over") {
  const Marks marks = Marks::load("").value();
  for (const char* line : {"\n", ">\n", "De:\n", "El 3\n", "El 3 escribió:\n\n", "-- x\n", "De: a\n\n", "---\n"}) {
    std::string text;
    while (text.size() < (1u << 20)) text += line;
    CAPTURE(line);
    CHECK(own_words(text, marks).size() <= text.size());
  }
}

TEST_CASE("subjects") {
  const Marks marks = Marks::load("").value();
  struct Row {
    const char* subject;
    const char* bare;
    bool reply;
  };
  const Row rows[] = {{"", "", false}, {"Hipoteca", "hipoteca", false}, {"Re: RV: [Ticket 5] Re[2]: Hipoteca", "hipoteca", true},
                      {"Fwd:x", "x", true}, {"Real: x", "real: x", false}, {"[lista] Casa", "casa", false}, {"[sola]", "[sola]", false}, {"RE : x", "x", true}};
  for (const Row& row : rows) {
    CAPTURE(row.subject);
    bool reply = false;
    CHECK(bare_subject(row.subject, marks, &reply) == row.bare);
    CHECK(reply == row.reply);
  }
}
