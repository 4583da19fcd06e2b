using System.Diagnostics.CodeAnalysis;

namespace SpexStream.Daemon.Commands.Input;

/// <summary>Reads a value from the command line; false for one that is out of range or none at all.</summary>
internal delegate bool Reading<T>(string text, [MaybeNullWhen(false)] out T value);
