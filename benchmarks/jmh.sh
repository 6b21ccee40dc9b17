#!/usr/bin/env bash
# The single steps, with what they allocate. Arguments go to JMH, as which: benchmarks/jmh.sh CodeBenchmark
set -euo pipefail
cd "$(dirname "$0")"
(cd .. && mvn -q -pl benchmarks -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=runtime >&2)
exec java -cp "target/classes:$(cat target/classpath.txt)" org.openjdk.jmh.Main -prof gc -f 2 -wi 5 -w 1s -i 5 -r 1s "$@"
