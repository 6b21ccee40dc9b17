#!/usr/bin/env bash
# What a call costs with the kit and without it, on this machine. Needs SIPp (Debian: sip-tester).
#   load/run.sh pairs off kit 1000 1 60 2      mode, mode, calls/s, seconds, pairs with each of how many servers
#   load/run.sh highest off kit 1000 200 8 3   mode, mode, from, step, seconds, servers of each
# Modes: off, kit (the second of two), stock16, stock32 (the stack's own logs at these levels).
set -euo pipefail
cd "$(dirname "$0")/.."
command -v sipp >/dev/null || { echo "SIPp is missing (Debian: apt-get install sip-tester)"; exit 1; }
classpath=target/classpath.txt
(cd .. && mvn -q -pl benchmarks -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=runtime >&2)
exec java -cp "target/classes:$(cat $classpath)" io.sipcodes.benchmarks.LoadComparison "$@"
