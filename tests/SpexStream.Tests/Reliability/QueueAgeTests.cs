using SpexStream.Domain.Reliability;
using Xunit;

namespace SpexStream.Tests.Reliability;

public sealed class QueueAgeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Looked_at_after_every_step_it_is_the_age_of_the_first_of_a_queue(int seed)
    {
        var random = new Random(seed);
        var (age, queue) = (new QueueAge(), new Queue<int>());
        var (come, gone) = (0, 0);
        for (var second = 0; second < 1000; second++)
        {
            for (var more = random.Next(4); more > 0; more--, come++)
            {
                queue.Enqueue(second);
            }

            for (var less = random.Next(5); less > 0 && queue.TryDequeue(out _); less--)
            {
                gone++;
            }

            var now = TimeSpan.FromSeconds(second);
            age.Observe(come, gone, now);
            Assert.Equal(queue.TryPeek(out var first) ? second - first : 0, age.Of(now).TotalSeconds);
        }
    }

    [Fact]
    public void A_queue_that_stands_still_grows_old_however_much_comes_in()
    {
        var age = new QueueAge(mostMarks: 4);
        for (var second = 0; second <= 1000; second++)
        {
            age.Observe(come: second + 1, gone: 0, TimeSpan.FromSeconds(second));
        }

        Assert.Equal(1000, age.Of(TimeSpan.FromSeconds(1000)).TotalSeconds);
        age.Observe(come: 1001, gone: 1001, TimeSpan.FromSeconds(1001));
        Assert.Equal(TimeSpan.Zero, age.Of(TimeSpan.FromSeconds(2000)));
    }
}
