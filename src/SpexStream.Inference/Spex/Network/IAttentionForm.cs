namespace SpexStream.Inference.Spex.Network;

/// <summary>A way to write the attention of a language model with its key and value cache.</summary>
internal interface IAttentionForm
{
    /// <summary>Attention of one layer, with queries, keys and values [batch, tokens, heads x width] before rotation. Gives
    /// [batch, tokens, heads x width]; new keys and values become outputs of the graph.</summary>
    string Attend(NetworkWriter net, int layer, string queries, string keys, string values);
}
