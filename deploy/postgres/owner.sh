#!/bin/sh
# Run by the database's image when it makes its data, and never again: a user for the nodes that owns one database and
# has no right beyond it. The superuser of the image stays with the operator.
set -eu
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\set password `cat "$OWNER_PASSWORD_FILE"`
CREATE ROLE spexstream LOGIN PASSWORD :'password';
CREATE DATABASE spexstream OWNER spexstream;
SQL
