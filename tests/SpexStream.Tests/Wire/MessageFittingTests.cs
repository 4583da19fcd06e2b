using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using Xunit;

namespace SpexStream.Tests.Wire;

/// <summary>Which of many forms of a message is made, and how much is looked at for that.</summary>
public sealed class MessageFittingTests
{
    private const int Seed = 20261123;

    [Fact]
    public void In_runs_of_falling_sizes_the_first_form_that_fits_is_found_as_by_looking_at_each()
    {
        var random = new Random(Seed);
        for (var trial = 0; trial < 2000; trial++)
        {
            ImmutableArray<int>[] runs =
                [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Falling(random, random.Next(1, 25)))];
            var expected = runs.SelectMany(run => run).Cast<int?>()
                .FirstOrDefault(size => size <= MessageFitting.MaxBytes);
            if (expected is null)
            {
                Assert.Throws<MessageTooLargeException>(() => Fit(runs));
            }
            else
            {
                Assert.True(expected == Fit(runs).Made, $"seed {Seed}, trial {trial}");
            }
        }
    }

    [Fact]
    public void Of_a_long_run_of_even_steps_a_few_forms_are_looked_at()
    {
        for (var step = 150; step < 600; step += 7)
        {
            var (made, looks) = Fit([[.. Enumerable.Range(0, 20).Select(i => 8300 - (i * step))]]);
            Assert.InRange(made, MessageFitting.MaxBytes - step, MessageFitting.MaxBytes);
            Assert.InRange(looks, 1, 4);
        }
    }

    [Fact]
    public void What_has_one_form_is_made_at_once() => Assert.Equal((100, 0), Fit([[100]]));

    private static (int Made, int Looks) Fit(IEnumerable<ImmutableArray<int>> runs)
    {
        var looks = 0;
        var message = MessageFitting.Fit(
            runs,
            size =>
            {
                looks++;
                return size;
            },
            Message);
        return (EventEnvelope.SizeOf(message), looks);
    }

    private static OutgoingMessage Message(int size) => OutgoingMessage.Clear("t") with
    {
        Payload = new byte[size - 1],
    };

    private static ImmutableArray<int> Falling(Random random, int count)
    {
        var (sizes, size) = (new int[count], random.Next(4000, 14_000));
        for (var i = 0; i < count; i++)
        {
            sizes[i] = size;
            size = Math.Max(2, size - random.Next(1, random.Next(2, 900)));
        }

        return [.. sizes.Distinct()];
    }
}
