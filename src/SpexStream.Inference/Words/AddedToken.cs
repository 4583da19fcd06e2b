namespace SpexStream.Inference.Words;

/// <summary>A token that is kept whole wherever its text stands.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Text">Its text; not empty.</param>
/// <param name="IsSpecial">Whether it steers the model and is no part of what is said.</param>
/// <param name="IsComposed">Whether it is looked for in the composed text instead of the text as it came.</param>
internal sealed record AddedToken(int Id, string Text, bool IsSpecial, bool IsComposed);
