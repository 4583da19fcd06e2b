using System.Text.Json;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Words;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>The form of the dialogue: the recorded example as text, and piece by piece as tokens.</summary>
internal static class PromptChecks
{
    private const string Exact = "exact";

    /// <summary>The description of the form, where a file is one or holds one; else null.</summary>
    public static JsonElement? TemplateOf(JsonElement description) =>
        description.TryGetProperty("example_prompt", out _) ? description.Clone()
        : description.TryGetProperty("prompt_template", out var inside) && inside.ValueKind == JsonValueKind.Object
            ? inside.Clone()
            : null;

    /// <summary>Compares the form with ours. Text and tokens are equal or not: the difference is a count.</summary>
    public static IReadOnlyList<GoldenDifference> Run(JsonElement template)
    {
        string Text(string name) => template.GetProperty(name).GetString()!;
        var (message, placeholder) = (Text("example_message"), Text("image_placeholder"));
        var roles = template.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!).ToArray();
        var (system, separator) = (Text("system"), Text("separator"));
        var image = template.Int("image_token_index");
        var own = ChatPrompt.Text(message);
        return
        [
            Of("example_prompt", own, Text("example_prompt")),
            Of("system, roles, separator", own,
                $"{system}{separator}\n{roles[0]}\n{message}{separator}\n{roles[1]}\n"),
            Of("image_placeholder", ChatPrompt.ImagePlaceholder, placeholder),
            Of("image_token_index", [ChatPrompt.ImageToken], [image]),
            Of("tokenization", Tokens(message), Pieces(Text("example_prompt"), placeholder, image)),
        ];
    }

    private static GoldenDifference Of<T>(string name, IEnumerable<T> own, IEnumerable<T> recorded)
    {
        T[] left = [.. own], right = [.. recorded];
        var different = left.Zip(right).Count(pair => !Equals(pair.First, pair.Second))
            + Math.Abs(left.Length - right.Length);
        return new GoldenDifference($"prompt/{name}", different, different == 0, Exact);
    }

    private static int[] Tokens(string message) => With(tokenizer => ChatPrompt.Tokens(tokenizer, message));

    // As the original does it: the whole prompt is split at the image, and each piece is made tokens by itself.
    private static int[] Pieces(string prompt, string placeholder, int image) => With(tokenizer =>
        prompt.Split(placeholder).Select(tokenizer.Encode).Aggregate((all, piece) => [.. all, image, .. piece]));

    private static int[] With(Func<Tokenizer, int[]> read)
    {
        var folder = Directory.CreateTempSubdirectory("spex-verify-").FullName;
        try
        {
            ByteTokenizer.Write(folder);
            return read(Tokenizer.Open(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
