using SpexStream.Raster.Vector;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Raster;

public sealed class OrderedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(OrderedFile.ChunkBytes)]
    [InlineData(5 * OrderedFile.ChunkBytes)]
    public async Task Parts_come_in_the_order_of_their_numbers_whatever_memory_there_is(long budget)
    {
        const int Parts = 60;
        var (next, random) = (-1, new Random(5));
        var lengths = Enumerable.Range(0, Parts).Select(_ => random.Next(0, 6)).ToArray();
        using (var file = new OrderedFile(_folder["a"], budget, "<"u8))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                for (var part = Interlocked.Increment(ref next); part < Parts; part = Interlocked.Increment(ref next))
                {
                    for (var i = 0; i < lengths[part]; i++)
                    {
                        var chunk = file.Rent();
                        chunk.AsSpan(0, 3).Fill((byte)('0' + part));
                        file.Add(part, chunk, 3);
                    }

                    file.Finish(part);
                }
            })));
            file.Append(">"u8);
        }

        var expected = string.Concat(lengths.Select((length, part) => new string((char)('0' + part), 3 * length)));
        Assert.Equal($"<{expected}>", File.ReadAllText(_folder["a"]));
    }

    [Fact]
    public async Task Who_waits_for_a_part_that_fails_gets_an_error()
    {
        using var file = new OrderedFile(_folder["a"], 0, ""u8);
        var waiting = Task.Run(() => file.Add(1, file.Rent(), 1));
        file.Fail();
        await Assert.ThrowsAsync<IOException>(() => waiting);
    }

    public void Dispose() => _folder.Dispose();
}
