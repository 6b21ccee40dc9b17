#!/usr/bin/env bash
# Mixed calls under SIPp against a server with all of the kit on: heap after GC, and whether every call was counted.
#   soak.sh SECONDS CALLS_PER_SECOND
# Fails if one call is missing from the meters, or one too many is in them, or anything was dropped. Needs SIPp
# (Debian: sip-tester).
set -euo pipefail
cd "$(dirname "$0")"
command -v sipp >/dev/null || { echo "SIPp is missing (Debian: apt-get install sip-tester)"; exit 1; }
(cd .. && mvn -q -pl benchmarks -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=runtime >&2)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
java -Xmx1500m -XX:+UseParallelGC -Dlogback.configurationFile=load/logback.xml -Dsipcodes.load.folder="$folder" \
    -cp "target/classes:$(cat target/classpath.txt)" io.sipcodes.benchmarks.Soak "$1" "$2" "$folder"
