#!/usr/bin/env bash
# The main job on the sample data, step by step: usage demo.sh BUILD_DIR. Everything it makes lies under BUILD_DIR/demo.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
program=$1/tertulia
out=$1/demo
rm -rf "$out"
mkdir -p "$out"
db=$out/segments.db
vault=$out/vault.db

now=2026-06-30T12:00:00Z   # the demo's "today": the same output whenever it runs

title() { printf '\n\033[1m%s\033[0m\n' "$*"; }

title "1. One message: what is understood, and what is taken out"
printf '%s\n' '{"id":"1","text":"Soy Begoña Ruiz, 612 345 678. Ya tenemos la parcela en Siero y el arquitecto; nos falta que el banco nos dé unos 180.000 euros para la casa"}' | "$program" analyze

title "2. The sample conversations into a store (idempotent: mine them again and nothing changes)"
# the reports of 'mine' go to standard error
"$program" mine --db "$db" --vault "$vault" --now "$now" examples/data/*.jsonl 2>&1
"$program" mine --db "$db" --vault "$vault" --now "$now" --column-map examples/data/columns.json examples/data/*.csv 2>&1
for chat in examples/data/whatsapp/*.txt; do
  "$program" mine --db "$db" --vault "$vault" --now "$now" --customer "$(basename "$chat" .txt)" --agent Gestor examples/data/whatsapp/"$(basename "$chat")" 2>&1
done | tail -n 1
for mailbox in examples/data/mail/*; do
  "$program" mine --db "$db" --vault "$vault" --now "$now" --customer "$(basename "${mailbox%.*}")" --agent @banco.example "$mailbox" 2>&1
done | tail -n 1

title "3. Segments, by plain names"
"$program" segment --db "$db" --now "$now" list

title "4. Who builds a home and seeks money, and why (in Spanish)"
"$program" segment --db "$db" --now "$now" members autopromotor_financing --lang es

title "5. The host's own CRM: the classic rule alone (payroll over X, age over Y: pension plan), plain SQL"
sqlite3 "$out/crm.db" < examples/host_crm/make_crm.sql
sqlite3 -header -column "$out/crm.db" < examples/host_crm/classic.sql

title "6. The new rule: building a home, at planning or further, seeking financing, payroll over X"
"$program" segment --db "$db" --now "$now" define examples/host_crm/new_rule.json
"$program" segment --db "$db" --now "$now" members new_rule --host "$out/crm.db" --host-map examples/host_crm/host_map.json --vault "$vault" --lang es

title "7. One page for everybody: $out/report.html"
"$program" report --db "$db" --now "$now" --out "$out/report.html" --lang es
