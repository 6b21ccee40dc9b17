#!/bin/sh
# Writes anew what is made from the code and the catalog: the tables of docs/metrics.md and the alerts of each language.
set -eu
cd "$(dirname "$0")/.."
mvn -q -B -pl sipcodes-micrometer -am test -Dsipcodes.generate=true -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false
