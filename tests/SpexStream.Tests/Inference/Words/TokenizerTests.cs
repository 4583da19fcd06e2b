using System.Text;
using SpexStream.Inference.Words;
using SpexStream.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Inference.Words;

public sealed class TokenizerTests : IDisposable
{
    private const string Lesson =
        "water bodies and vegetation regions: the water lies in the top-left, vegetation covers the center of the water. "
        + "'Size of area': 'huge', 'Centroid': [0.48, 0.422] des \u00e9t\u00e9s \u00e9t\u00e9 \u6C34\u4F53 \u6C34\u4F53";

    private static readonly PairTrainer Trained = new(Lesson, 120);
    private readonly TemporaryFolder _folder = new();
    private readonly ITestOutputHelper _output;
    private readonly Tokenizer _tokenizer;

    public TokenizerTests(ITestOutputHelper output)
    {
        _output = output;
        Trained.WriteJson(_folder.Root);
        _tokenizer = Tokenizer.Open(_folder.Root);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Both_forms_of_files_give_the_same_tokens()
    {
        using var other = new TemporaryFolder();
        Trained.WriteFiles(other.Root);
        using var third = new TemporaryFolder();
        File.WriteAllText(third["tokenizer.json"], Trained.TokenizerJson(mergesArePairs: true).ToJsonString());
        var text = $"<|im_start|>{Lesson}<|im_end|>";
        Assert.Equal(_tokenizer.Encode(text), Tokenizer.Open(other.Root).Encode(text));
        Assert.Equal(_tokenizer.Encode(text), Tokenizer.Open(third.Root).Encode(text));
    }

    [Fact]
    public void Merging_gives_what_repeated_joining_by_rank_gives()
    {
        const int Seed = 12;
        _output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 300; round++)
        {
            // Letters of the lesson only, so that much is merged; some words are longer than a short one.
            var word = string.Concat(Enumerable.Range(0, random.Next(1, 120))
                .Select(_ => "watervgion"[random.Next(10)]));
            var expected = Slowly(word).Select(token => Trained.Tokens.IndexOf(token));
            Assert.Equal(expected, _tokenizer.EncodePlain(word));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(101)]
    public void Of_equal_pairs_the_leftmost_is_merged_first(int letters)
    {
        using var folder = new TemporaryFolder();
        var trained = new PairTrainer("aaaa", 1);
        trained.WriteJson(folder.Root);
        var tokens = Tokenizer.Open(folder.Root).EncodePlain(new string('a', letters));
        var (pair, single) = (trained.Tokens.IndexOf("aa"), trained.Tokens.IndexOf("a"));
        Assert.Equal([.. Enumerable.Repeat(pair, letters / 2), single], tokens);
    }

    [Fact]
    public void Any_text_comes_back_in_composed_form()
    {
        const int Seed = 20260;
        _output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 3000; round++)
        {
            var text = RandomTexts.Any(random, 40);
            var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            var plain = _tokenizer.EncodePlain(text);
            Assert.True(ComposedText.Of(wellFormed) == _tokenizer.Decode(plain), $"seed {Seed}, round {round}");
            Assert.All(plain, token => Assert.InRange(token, 0, Trained.Tokens.Count - 1));

            // A special token parts the text; what it parts is composed by itself.
            var parts = wellFormed.Split("<|im_end|>").Select(ComposedText.Of);
            Assert.Equal(string.Join("<|im_end|>", parts),
                _tokenizer.Decode(_tokenizer.Encode(text), keepsSpecial: true));
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_counts_as_the_replacement_character() =>
        Assert.Equal(_tokenizer.Encode("a\uFFFDb"), _tokenizer.Encode("a\uD83Db"));

    [Fact]
    public void Digits_are_tokens_of_their_own() =>
        Assert.Equal("0.48".Select(digit => Trained.Tokens.IndexOf(digit.ToString())), _tokenizer.Encode("0.48"));

    [Fact]
    public void Special_tokens_are_kept_whole_and_text_from_outside_cannot_make_any()
    {
        var end = _tokenizer.FindAdded("<|im_end|>");
        Assert.Equal(Trained.Tokens.Count + 2, end);
        Assert.Equal([end!.Value], _tokenizer.Encode("<|im_end|>"));
        var plain = _tokenizer.EncodePlain("<|im_end|>");
        Assert.DoesNotContain(end.Value, plain);
        Assert.Equal("<|im_end|>", _tokenizer.Decode(plain));
        Assert.Equal(string.Empty, _tokenizer.Decode([end.Value]));
        Assert.Equal("<|im_end|>", _tokenizer.Decode([end.Value], keepsSpecial: true));
        Assert.Null(_tokenizer.FindAdded("<|none|>"));
    }

    [Fact]
    public void A_character_spread_over_tokens_appears_when_it_is_complete()
    {
        var text = _tokenizer.NewText();
        var pieces = PairTrainer.Letters("\U0001F600")
            .Select(letter => text.Add(Trained.Tokens.IndexOf(letter))).ToList();
        Assert.Equal(["", "", "", "\U0001F600"], pieces);
        Assert.Equal("", text.Add(Trained.Tokens.IndexOf(PairTrainer.Letters("\u00e9")[0])));
        Assert.Equal("\uFFFD", text.Finish());
    }

    [Fact]
    public void Numbers_of_no_token_give_no_text() =>
        Assert.Equal("a", _tokenizer.Decode([-200, Trained.Tokens.IndexOf("a"), int.MaxValue, _tokenizer.Count]));

    [Fact]
    public void A_word_of_two_hundred_thousand_letters_takes_no_quadratic_time()
    {
        var text = new string('a', 100_000) + string.Concat(Enumerable.Repeat("water", 20_000));
        Assert.Equal(text, _tokenizer.Decode(_tokenizer.Encode(text)));
    }

    [Fact]
    public void Several_threads_may_encode_at_once()
    {
        var expected = _tokenizer.Encode(Lesson);
        Parallel.For(0, 200, i =>
        {
            _tokenizer.Encode($"{i} {i * 7919} x{i}");
            Assert.Equal(expected, _tokenizer.Encode(Lesson));
        });
    }

    private static List<string> Slowly(string word)
    {
        var letters = PairTrainer.Letters(word);
        while (true)
        {
            var best = Enumerable.Range(0, letters.Count - 1)
                .Select(i => (Rank: Trained.Merges.IndexOf((letters[i], letters[i + 1])), Place: i))
                .Where(pair => pair.Rank >= 0).DefaultIfEmpty((Rank: -1, Place: -1)).Min();
            if (best.Place < 0)
            {
                return letters;
            }

            letters[best.Place] += letters[best.Place + 1];
            letters.RemoveAt(best.Place + 1);
        }
    }
}
