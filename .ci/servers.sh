# Sourced by ./test: one PostgreSQL and one RabbitMQ for the tests, on free ports of loopback, in a folder that goes.

servers_folder=
postgres_pid= rabbitmq_pid= epmd_pid=

# as USER COMMAND… : in a session of its own; as that user when this one is root, for servers refuse to be root.
as() {
  local user=$1; shift
  if [ "$(id -u)" = 0 ]; then exec setsid setpriv "--reuid=$user" "--regid=$user" --init-groups --inh-caps=-all -- "$@"
  else exec setsid "$@"; fi
}

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the range from which the system takes ports for outgoing connections.
free_port() {
  local port
  while :; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    is_free $port && { echo $port; return; }
  done
}

# wait_for SECONDS WHAT COMMAND…
wait_for() {
  local end=$((SECONDS + $1)) what=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { say "$what did not start in time." >&2; return 1; }
    sleep 0.2
  done
}

start_servers() {
  servers_folder=$(mktemp -d /tmp/performance-tests-XXXXXX)
  chmod 755 "$servers_folder"
  mkdir -m 700 "$servers_folder/postgres" "$servers_folder/rabbitmq"
  if [ "$(id -u)" = 0 ]; then
    chown postgres: "$servers_folder/postgres"
    chown rabbitmq: "$servers_folder/rabbitmq"
  fi
  start_postgres && start_rabbitmq
}

start_postgres() {
  local bin folder=$servers_folder/postgres port password
  bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)
  bin=${bin:-$(dirname "$(command -v postgres)")}
  port=$(free_port)
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  (as postgres sh -c 'umask 077; printf %s "$3" >"$2/password"
    exec "$1/initdb" -D "$2/data" -U postgres --pwfile="$2/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 \
      --no-sync --no-instructions' initdb "$bin" "$folder" "$password") >"$servers_folder/initdb.log" 2>&1 \
    || { cat "$servers_folder/initdb.log" >&2; return 1; }

  # The data goes with the folder, so nothing waits for the disk.
  (as postgres "$bin/postgres" -D "$folder/data" -c listen_addresses=127.0.0.1 -c "port=$port" \
    -c unix_socket_directories= -c max_connections=400 -c shared_buffers=256MB -c fsync=off -c full_page_writes=off \
    -c synchronous_commit=off -c max_wal_size=2GB -c log_checkpoints=off) >"$servers_folder/postgres.log" 2>&1 &
  postgres_pid=$!
  wait_for 30 PostgreSQL "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" || { tail "$servers_folder/postgres.log" >&2; return 1; }
  export PERFORMANCE_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Password=$password"
}

start_rabbitmq() {
  local folder=$servers_folder/rabbitmq port epmd distribution password program
  program=$(compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' | sort -V | tail -n 1)
  port=$(free_port) epmd=$(free_port) distribution=$(free_port)
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "listeners.tcp.1 = 127.0.0.1:$port" "default_user = tests" "default_pass = $password" \
    "vm_memory_high_watermark.absolute = 1GB" "disk_free_limit.absolute = 200MB" \
    "log.console = true" "log.console.level = warning" "log.file = false" >"$servers_folder/rabbitmq.conf"
  printf '[].\n' >"$servers_folder/enabled_plugins"
  (as rabbitmq env HOME="$folder" epmd -port "$epmd" -address 127.0.0.1) >"$servers_folder/epmd.log" 2>&1 &
  epmd_pid=$!
  (as rabbitmq env -i PATH="$PATH" LANG=C.UTF-8 HOME="$folder" RABBITMQ_NODENAME=tests@localhost \
    RABBITMQ_MNESIA_BASE="$folder/mnesia" RABBITMQ_LOG_BASE="$folder/log" RABBITMQ_LOGS=- ERL_EPMD_PORT="$epmd" \
    ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT="$distribution" RABBITMQ_CONFIG_FILE="$servers_folder/rabbitmq.conf" \
    RABBITMQ_CONF_ENV_FILE="$folder/none" RABBITMQ_ENABLED_PLUGINS_FILE="$servers_folder/enabled_plugins" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false" \
    RUNNING_UNDER_SYSTEMD=true "$program") >"$servers_folder/rabbitmq.log" 2>&1 &
  rabbitmq_pid=$!
  wait_for 60 RabbitMQ eval "! is_free $port" || { tail "$servers_folder/rabbitmq.log" >&2; return 1; }
  export PERFORMANCE_TEST_RABBITMQ="amqp://tests:$password@127.0.0.1:$port"
}

# By pid, and for sure: whatever became of the tests.
stop_servers() {
  local pid
  [ -n "$rabbitmq_pid" ] && kill -TERM "$rabbitmq_pid" 2>/dev/null
  [ -n "$postgres_pid" ] && kill -INT "$postgres_pid" 2>/dev/null
  for _ in $(seq 100); do
    { [ -n "$rabbitmq_pid" ] && kill -0 "$rabbitmq_pid"; } 2>/dev/null \
      || { [ -n "$postgres_pid" ] && kill -0 "$postgres_pid"; } 2>/dev/null || break
    sleep 0.2
  done
  for pid in $rabbitmq_pid $postgres_pid $epmd_pid; do kill -KILL -- "-$pid" 2>/dev/null; done
  wait 2>/dev/null
  [ -n "$servers_folder" ] && rm -rf "$servers_folder"
  return 0
}
