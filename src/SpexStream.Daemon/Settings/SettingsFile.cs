using System.Text.Json;
using Microsoft.Extensions.Configuration;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Files;

namespace SpexStream.Daemon.Settings;

/// <summary>Reads a JSON file of settings.</summary>
internal static class SettingsFile
{
    /// <exception cref="CommandException">It cannot be read; the message says why.</exception>
    public static IConfiguration Read(string file)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(file, optional: false).Build();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The file is a part of the settings; of several reasons the innermost one is about what stands in it.
            var why = fault.GetBaseException() switch
            {
                JsonException json => $"is no JSON, see line {json.LineNumber + 1}",
                FileNotFoundException => "is not there, or no file",
                var other => $"cannot be read: {FolderTrial.Reason(other)}",
            };
            throw new CommandException($"--config {file} {why}", CommandException.Misused);
        }
    }
}
