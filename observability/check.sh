#!/bin/sh
# Checks all that is in this folder: rules and alerts (valid, right values, right alerts, in every language), the
# dashboard (valid, only metrics and labels that exist, data in every panel of a live Prometheus), and that the
# generated files are up to date. Wants promtool and prometheus (Debian: apt-get install prometheus).
#
# usage: check.sh [HOST:PORT/PATH]   a running program to scrape in place of the demo, as 127.0.0.1:8080/actuator/prometheus
set -eu
cd "$(dirname "$0")/.."
for tool in promtool prometheus; do
  [ -x "/usr/bin/$tool" ] || { echo "$tool: not in /usr/bin (expected: Debian's package prometheus)" >&2; exit 1; }
done
export SIPCODES_PEERS=required
exec mvn -q -B -pl sipcodes-micrometer,samples/demo -am test -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='GeneratedFilesTest,ObservabilityTest,DashboardTest' ${1:+-Dsipcodes.scrape="$1"}
