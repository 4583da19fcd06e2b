using System.Text;

namespace SpexStream.Tests.Inference.Words;

/// <summary>Texts of all of Unicode, with more of what is hard than chance would give.</summary>
internal static class RandomTexts
{
    private static readonly string[] Hard =
    [
        "'s", "'LL", " ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u2028", "7", "42", "...", "<|im_end|>", "<|im_", "<|",
        "e\u0301", "A\u030A", "\u212B", "\u1112\u1161\u11AB", "\uAC00\u11A8", "\u0344", "\u0958", "\u1E9B\u0323",
        "\U0001F600", "\u200D", "\0", "\uFFFF", "\uFEFF", "water", " water", "\u6C34\u4F53",
    ];

    /// <summary>May hold surrogates without a partner.</summary>
    public static string Any(Random random, int pieces) => Make(random, pieces, wellFormed: false);

    public static string WellFormed(Random random, int pieces) => Make(random, pieces, wellFormed: true);

    private static string Make(Random random, int pieces, bool wellFormed)
    {
        var text = new StringBuilder();
        for (var count = random.Next(pieces + 1); count > 0; count--)
        {
            switch (random.Next(wellFormed ? 4 : 5))
            {
                case 0:
                    text.Append(Hard[random.Next(Hard.Length)]);
                    break;
                case 1:
                    text.Append((char)random.Next(32, 127));
                    break;
                case 2:
                    text.Append((char)random.Next(0x80, 0x3100));
                    break;
                case 3:
                    var value = random.Next(0x110000 - 0x800);
                    text.Append(new Rune(value < 0xD800 ? value : value + 0x800).ToString());
                    break;
                default:
                    text.Append((char)random.Next(0xD800, 0xE000));
                    break;
            }
        }

        return text.ToString();
    }
}
