#!/usr/bin/env bash
# What the starter adds to the start of a Boot application (web, Actuator, Prometheus), with and without it in turns.
#   boot/run.sh 4 31      Boot generation (3 or 4), pairs of starts
#   boot/run.sh 4 31 10   with ten kits in one application, told for one of them: where starts differ by more than one adds
set -euo pipefail
cd "$(dirname "$0")/.."
generation=${1:-4}
(cd .. && mvn -q -pl benchmarks,integration-tests/boot"$generation" -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile=target/classpath.txt >&2)
classpath=$(cat ../integration-tests/boot"$generation"/target/classpath.txt)
rm -rf target/kits
mkdir -p target/boot target/kits
javac -d target/boot -cp "$classpath" boot/PlainApplication.java
exec java -cp target/classes io.sipcodes.benchmarks.BootStart "target/boot:$classpath" "${2:-31}" "${3:-1}" target/kits
