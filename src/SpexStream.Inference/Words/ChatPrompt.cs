namespace SpexStream.Inference.Words;

/// <summary>
/// The dialogue form that SPEX was trained in (ChatML; templates <c>qwen_1_5</c>, <c>qwen_2</c> and <c>qwen_2_5</c>
/// of the release, which are the same): one message of a user, with the image in it, and the assistant's turn left
/// open.
/// </summary>
public static class ChatPrompt
{
    /// <summary>Stands in a message where the image goes.</summary>
    public const string ImagePlaceholder = "<image>";

    /// <summary>Stands among the tokens where the image goes.</summary>
    public const int ImageToken = -200;

    /// <summary>Opens a turn.</summary>
    public const string TurnStart = "<|im_start|>";

    /// <summary>Ends a turn; also the end of an answer.</summary>
    public const string TurnEnd = "<|im_end|>";

    private const string Opening = "system\nYou are a helpful assistant.";

    /// <summary>The whole prompt as text.</summary>
    public static string Text(string message) =>
        $"{TurnStart}{Opening}{TurnEnd}\n{TurnStart}user\n{message}{TurnEnd}\n{TurnStart}assistant\n";

    /// <summary>
    /// The whole prompt as tokens: the pieces before and behind the image are encoded each by itself, with
    /// <see cref="ImageToken"/> between them. Text in the message that looks like a special token stays text, so that
    /// an instruction from outside cannot end its own turn.
    /// </summary>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="message">What the user says; holds the image's place exactly once.</param>
    /// <exception cref="ArgumentException">There is no place for the image, or more than one.</exception>
    /// <exception cref="Checkpoint.CheckpointException">The tokenizer does not know turns.</exception>
    public static int[] Tokens(Tokenizer tokenizer, string message)
    {
        var parts = message.Split(ImagePlaceholder);
        if (parts.Length != 2)
        {
            throw new ArgumentException(
                $"A message holds {ImagePlaceholder} once, not {parts.Length - 1} times.", nameof(message));
        }

        var (start, end) = (Turn(tokenizer, TurnStart), Turn(tokenizer, TurnEnd));
        return
        [
            start, .. tokenizer.EncodePlain(Opening), end, .. tokenizer.EncodePlain("\n"),
            start, .. tokenizer.EncodePlain($"user\n{parts[0]}"),
            ImageToken,
            .. tokenizer.EncodePlain(parts[1]), end, .. tokenizer.EncodePlain("\n"),
            start, .. tokenizer.EncodePlain("assistant\n"),
        ];
    }

    private static int Turn(Tokenizer tokenizer, string text) => tokenizer.FindAdded(text)
        ?? throw new Checkpoint.CheckpointException("tokenizer", $"there is no added token '{text}'");
}
