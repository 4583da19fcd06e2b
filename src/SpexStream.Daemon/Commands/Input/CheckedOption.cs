using System.CommandLine;
using SpexStream.Domain.Announcements;

namespace SpexStream.Daemon.Commands.Input;

/// <summary>
/// An option with one value that is checked while the command line is read: a bad one is told in one line with the
/// option, the value and what it takes, and help tells the same range and default.
/// </summary>
internal sealed class CheckedOption<T> : Option<T>, ICheckedOption
{
    private readonly T? _otherwise;

    /// <summary>Makes one.</summary>
    /// <param name="name">Name with its dashes.</param>
    /// <param name="meaning">What the value means, with its unit; a sentence without a full stop.</param>
    /// <param name="takes">What it takes, with the range.</param>
    /// <param name="otherwise">What holds when it is not given, in words; null when it must be given.</param>
    /// <param name="read">Reads and checks.</param>
    /// <param name="value">The value when it is not given.</param>
    public CheckedOption(
        string name, string meaning, string takes, string? otherwise, Reading<T> read, T? value = default)
        : base(name)
    {
        (Takes, Otherwise, _otherwise) = (takes, otherwise, value);
        Required = otherwise is null;
        Arity = ArgumentArity.ExactlyOne;
        Description = $"{meaning}: {takes}.{(otherwise is null ? "" : $" Default: {otherwise}.")}";
        CustomParser = result =>
        {
            // More or fewer values than one are told by the library.
            if ((result.Tokens is [var token] ? token.Value : result.Tokens is [] ? Alone : null) is not { } text)
            {
                return default;
            }

            // What begins so is the next option: this one's value was forgotten.
            if (!text.StartsWith("--", StringComparison.Ordinal) && read(text, out var given))
            {
                return given;
            }

            result.AddError(
                HidesValue ? $"{name} takes {takes}." : $"{name} takes {takes}, not {Rejection.Quote(text)}.");
            return default;
        };
    }

    /// <summary>The value of an option that is given without one; null where it needs one.</summary>
    public string? Alone
    {
        get;
        init
        {
            field = value;
            Arity = value is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne;
        }
    }

    /// <inheritdoc/>
    public string Takes { get; }

    /// <inheritdoc/>
    public string? Otherwise { get; }

    /// <inheritdoc/>
    public bool HidesValue { get; init; }

    /// <summary>The value that was given, or else the default.</summary>
    public T Of(ParseResult parsed) => (parsed.GetResult(this) is null ? _otherwise : parsed.GetValue(this))!;
}
