#!/usr/bin/env bash
# usage: install_test.sh BUILD_DIR CONSUMER_DIR
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$1" --prefix "$scratch/prefix" >/dev/null
cmake -S "$2" -B "$scratch/build" -G Ninja -DCMAKE_PREFIX_PATH="$scratch/prefix" >/dev/null
cmake --build "$scratch/build"
"$scratch/build/consumer" "$scratch/prefix/share/tertulia/bundle" > "$scratch/answer"
grep -q '"event":"home_building"' "$scratch/answer"
grep -q 'PERSON_1' "$scratch/answer"
export PKG_CONFIG_PATH="$scratch/prefix/lib/$(gcc -print-multiarch)/pkgconfig:$scratch/prefix/lib/pkgconfig"
c++ -std=c++17 "$2/consumer.cc" $(pkg-config --cflags --libs --static tertulia) -o "$scratch/consumer-pc"
"$scratch/consumer-pc" "$scratch/prefix/share/tertulia/bundle" | cmp - "$scratch/answer"
echo "find_package and pkg-config consumers answer alike"
