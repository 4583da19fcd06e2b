using System.Globalization;
using System.Text;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Journal;

/// <summary>Random work on a journal, the same for the same seed, and what was answered as text.</summary>
internal sealed class JournalPlay(int seed)
{
    private const int Scenes = 5;
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    private readonly Random _random = new(seed);
    private readonly List<ISceneWriter> _writers = [];
    private int _step;

    /// <summary>What was answered so far.</summary>
    public StringBuilder Answers { get; } = new();

    /// <summary>Does some steps on a journal that was opened anew; the writers of the one before are gone.</summary>
    public async Task PlayAsync(ISceneJournal journal, int steps)
    {
        _writers.Clear();
        for (var i = 0; i < steps; i++)
        {
            try
            {
                Say(await StepAsync(journal));
            }
            catch (StaleEpochException refused)
            {
                Say(refused.Message);
            }
        }

        await TellAllAsync(journal);
        if (_random.Next(2) == 0)
        {
            await journal.EndRunAsync();
        }
    }

    private DateTimeOffset Now => Start.AddMinutes(_step);

    private async Task<string> StepAsync(ISceneJournal journal)
    {
        _step++;
        switch (_random.Next(12))
        {
            case 0:
                var writer = await journal.OpenWriterAsync(AnyScene());
                _writers.Add(writer);
                return $"open {writer.Scene} {writer.Epoch} {writer.OpenedAfter}";
            case 1:
                return $"forget {await journal.ForgetAsync(AnyScene())}";
            case 2:
                var read = await journal.Outbox.ReadAsync(_random.Next(10), _random.Next(1, 5), _random.Next(1, 40));
                await journal.Outbox.DeleteAsync([.. read.Select(entry => entry.Key)]);
                return $"sent {string.Join(',', read.Select(entry => entry.Key))}";
            case 3:
                await journal.Outbox.PostAsync(
                    Now, [.. Enumerable.Range(0, _random.Next(3)).Select(_ => AnyMessage())]);
                return "posted";
            default:
                if (_writers.Count == 0)
                {
                    return "no writer";
                }

                // Mostly the newest ones, for the old ones are soon all stale.
                var chosen = _writers[^_random.Next(1, Math.Min(_writers.Count, 6) + 1)];
                var facts = Enumerable.Range(0, _random.Next(4))
                    .Select(_ => SampleFacts.All[_random.Next(SampleFacts.All.Length)]);
                var append = new SceneAppend(Now, [.. facts])
                {
                    Messages = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => AnyMessage())],
                    Durability = (Durability)_random.Next(2),
                };
                return $"append {chosen.Scene} {await chosen.AppendAsync(append)}";
        }
    }

    private async Task TellAllAsync(ISceneJournal journal)
    {
        Say($"run {journal.Run.Number} after {string.Join(',', journal.Run.Crashed)}");
        (await journal.ListOpenAsync()).ToList().ForEach(scene => Say(scene.ToString()));
        (await journal.ListClosedAsync(Now.AddMinutes(-10), 3)).ToList().ForEach(scene => Say(scene.ToString()));
        for (var i = 0; i < Scenes; i++)
        {
            Say($"{await journal.FindAsync(Scene(i))}");
            await foreach (var fact in journal.ReadAsync(Scene(i), _random.Next(3)))
            {
                Say(SampleFacts.Text(fact));
            }
        }

        (await journal.Outbox.ReadAsync(0, int.MaxValue, long.MaxValue))
            .ToList().ForEach(entry => Say(SampleMessages.Text(entry)));
        Say((await journal.Outbox.MeasureAsync()).ToString());
    }

    private SceneId AnyScene() => Scene(_random.Next(Scenes));

    private static SceneId Scene(int index) =>
        SceneId.Parse(string.Create(CultureInfo.InvariantCulture, $"scene-{index}"));

    private OutgoingMessage AnyMessage() => _random.Next(10) == 0
        ? OutgoingMessage.Clear("spex/x")
        : SampleMessages.Event($"e{_random.Next(12)}", _random.Next(8) == 0 ? "other" : "hello");

    private void Say(string text) => Answers.AppendLine(text);
}
