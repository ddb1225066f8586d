#!/bin/sh
# One morning: yesterday's report, on Mondays the week, the site, the letters. Cron, systemd and the container call this.
#
# It runs where insights.toml and .env lie. A broken day still makes the site, which says so, and letters, which then go to
# operators alone. The exit code is the report's (0 complete or quiet, 3 partial, 4 broken), else that of what failed
# after it.
# usage: morning.sh [DAY]   INSIGHTS: the command; DELIVER=yes: letters too, to the channels of insights.toml
set -u
insights=${INSIGHTS:-insights}
day=${1:-$(date -u -d yesterday +%F)}
week=
[ "$(date -u +%u)" = 1 ] && [ $# -eq 0 ] && week=$(date -u -d '3 days ago' +%G-W%V)
after=0

# Runs the command; what it exits with is kept, unless it may exit so. may "CODES" ARGUMENTS
may() {
    codes=$1
    shift
    "$insights" "$@"
    code=$?
    case " 0 $codes " in *" $code "*) ;; *) after=$code ;; esac
}

"$insights" run "$day"
report=$?
case $report in 0 | 3 | 4) ;; *) exit "$report" ;; esac

[ -z "$week" ] || may "3 4" week "$week"
may 3 site build
if [ "${DELIVER:-no}" = yes ]; then
    may 4 deliver "$day"
    [ -z "$week" ] || may 4 deliver "$week"
fi

[ "$report" -eq 0 ] || exit "$report"
exit "$after"
