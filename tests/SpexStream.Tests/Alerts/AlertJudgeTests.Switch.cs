using System.Text;
using SpexStream.Domain.Identity;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Alerts that an operator has switched to actual, back to tests, or off.</summary>
public sealed partial class AlertJudgeTests
{
    private bool _isActual;

    [Fact]
    public async Task What_is_open_is_told_once_more_when_alerts_are_switched_to_actual_and_when_they_are_back()
    {
        await SeeAsync(1, 10);
        foreach (var actual in new[] { true, false })
        {
            _isActual = actual;
            await RestartAsync();
            Assert.Equal(["updated"], await RoundAsync());
            await RestartAsync();
            Assert.Empty(await RoundAsync());
            var told = (await SentAsync())[^3..];
            Assert.All(told, message => Assert.Contains(
                actual ? "Actual" : "Test", Encoding.UTF8.GetString(message.Payload.Span), StringComparison.Ordinal));
            Assert.Equal([false, false, true], told.Select(message => message.Retain));
        }

        _isActual = true;
        Assert.Equal(["updated", "confirmed"], await SeeAfterRestartAsync());
        Assert.Equal(1, await IdsAsync());

        async Task<string[]> SeeAfterRestartAsync()
        {
            await RestartAsync();
            return await SeeAsync(2, 10);
        }
    }

    [Fact]
    public async Task Rules_that_are_switched_off_take_their_alerts_along_and_no_other_nodes()
    {
        var first = Node("first", TwoRules);
        await first.SeeAsync(1, 10);
        await new AlertFarewell(Tools("never-had-any")).RunAsync(default);
        Assert.Equal(["raised", "raised"], await ToldAsync());
        await new AlertFarewell(Tools("first")).RunAsync(default);
        await new AlertFarewell(Tools("first")).RunAsync(default);
        Assert.Equal(["raised", "raised", "cancelled", "cancelled"], await ToldAsync());
        Assert.Equal(0, (await SentAsync())[^1].Payload.Length);
        Assert.Equal(["raised", "raised"], (await SeeAgainAsync())[^2..]);

        async Task<string[]> SeeAgainAsync()
        {
            await Node("first", TwoRules).SeeAsync(2, 10);
            return await ToldAsync();
        }
    }

    [Fact]
    public async Task Where_there_never_were_alerts_none_are_ended()
    {
        await new AlertFarewell(Tools("first")).RunAsync(default);
        Assert.Null(await _journal.FindAsync(SceneId.OfStream("alerts-a")));
    }
}
