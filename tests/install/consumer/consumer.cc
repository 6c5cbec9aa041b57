#include <tertulia/engine.h>
#include <tertulia/version.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto engine = tertulia::Engine::open(argv[1], {});
  if (!engine.ok()) {
    std::cerr << engine.status().message() << '\n';
    return 3;
  }
  auto answer = engine->analyze({"1", "Soy Begoña Ruiz, ya tenemos la parcela y el arquitecto, buscamos hipoteca para construir la casa", "", "", {}});
  if (!answer.ok()) return 1;
  std::cout << tertulia::to_json(*answer, tertulia::OffsetUnit::kCodePoints) << '\n';
}
