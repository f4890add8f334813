# Sourced by ./run and ./test: installs what is missing, builds. Needs bash; the caller is in the repository's root.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

need_dotnet() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing. See https://dotnet.microsoft.com/download/dotnet/10.0"
  dotnet --version >/dev/null 2>&1 || fail "The .NET 10 SDK is missing (global.json asks for 10.0; here: $(dotnet --list-sdks | tr '\n' ' '))."
}

container_engine_answers() {
  local engine=${ASPIRE_CONTAINER_RUNTIME:-docker}
  command -v "$engine" >/dev/null && timeout 5 "$engine" version --format '{{.Server.Version}}' >/dev/null 2>&1
}

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || { command -v postgres && command -v initdb; } >/dev/null; }
has_rabbitmq() { compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' >/dev/null; }
has_chromium() { command -v chromium >/dev/null || command -v google-chrome >/dev/null; }

# install_missing PACKAGE… : by apt-get, with root's rights; explains where it may not.
install_missing() {
  [ $# -eq 0 ] && return 0
  local sudo=
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo=sudo
    else fail "Missing: $*. Please install, for example: sudo apt-get install --no-install-recommends $*"; fi
  fi
  command -v apt-get >/dev/null || fail "Missing: $*. Please install with this system's package manager."
  say "Installing $* …"
  local log policy=/usr/sbin/policy-rc.d made_policy= status=0
  log=$(mktemp)

  # Debian starts a server as soon as it is installed. These are started by Performance, on ports of its own.
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null && $sudo chmod 755 $policy && made_policy=1
  fi
  { $sudo apt-get update && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
    >"$log" 2>&1 || status=$?
  [ -n "$made_policy" ] && $sudo rm -f $policy
  [ $status = 0 ] || { tail -n 20 "$log" >&2; rm -f "$log"; fail "Could not install $*."; }
  rm -f "$log"
}

install_servers() {
  local missing=()
  has_postgres || missing+=(postgresql)
  has_rabbitmq || missing+=(rabbitmq-server)
  [ ${#missing[@]} -eq 0 ] || install_missing "${missing[@]}"
}

# build TARGET STAMP : in Release, unless nothing changed since the stamp.
build() {
  local target=$1 stamp=$2 began=$SECONDS
  if [ -e "$stamp" ] && [ -z "$(find . \( -name bin -o -name obj -o -name .git -o -name .data -o -name TestResults \) -prune \
      -o -type f -newer "$stamp" \( -name '*.cs' -o -name '*.razor' -o -name '*.cs?proj' -o -name '*.csproj' -o -name '*.sql' \
      -o -name '*.props' -o -name '*.targets' -o -name '*.json' -o -name '*.css' -o -name '*.js' -o -name '*.html' -o -name '*.csv' \
      -o -name '*.sln' -o -name '*.slnf' -o -name '*.resx' -o -name '*.svg' -o -name '*.zip' \) -print -quit)" ]; then
    return 0
  fi
  say "Building …"
  mkdir -p "$(dirname "$stamp")"
  : >"$stamp.new"
  touch -r "$stamp.new" "$stamp.began"
  if ! dotnet build "$target" -c Release -m:2 -v q -nologo -clp:NoSummary -nodeReuse:false; then
    rm -f "$stamp" "$stamp.new" "$stamp.began"
    fail "The build failed."
  fi
  mv "$stamp.began" "$stamp"; rm -f "$stamp.new"
  say "Built in $((SECONDS - began)) s."
}
