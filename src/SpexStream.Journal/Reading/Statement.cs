using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SpexStream.Journal.Reading;

/// <summary>A prepared command with parameters $1, $2, ... of one connection. For one thread at a time.</summary>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand _command;
    private readonly bool _namesParameters;

    public Statement(DbConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        // Others find them by their place.
        _namesParameters = connection is SqliteConnection;
    }

    /// <summary>Runs it and gives the number of rows it changed.</summary>
    public int Run(params ReadOnlySpan<object?> values) => Bind(values).ExecuteNonQuery();

    /// <summary>Runs it and gives the first value of the first row; null when there is none.</summary>
    public object? Value(params ReadOnlySpan<object?> values) =>
        Bind(values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Runs it; the caller disposes of the reader before it runs it again.</summary>
    public DbDataReader Rows(params ReadOnlySpan<object?> values) => Bind(values).ExecuteReader();

    public void Dispose() => _command.Dispose();

    private DbCommand Bind(ReadOnlySpan<object?> values)
    {
        while (_command.Parameters.Count < values.Length)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = _namesParameters ? $"${_command.Parameters.Count + 1}" : string.Empty;
            _command.Parameters.Add(parameter);
        }

        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return _command;
    }
}
