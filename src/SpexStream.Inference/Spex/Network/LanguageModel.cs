using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Spex.Network;

/// <summary>A Qwen2 decoder (Qwen team 2024, section 2.2): embeddings in, logits and last states out.</summary>
internal static class LanguageModel
{
    /// <summary>Path of the layers in the original.</summary>
    public const string Root = "model";

    /// <summary>Name of the embedding's weight in the original.</summary>
    public const string Embedding = "embed_tokens.weight";

    /// <summary>Writes the decoder's inputs, layers and outputs.</summary>
    /// <param name="net">Where to write, at the checkpoint's root.</param>
    /// <param name="sizes">Sizes.</param>
    /// <param name="grouped">Whether attention is <see cref="GroupedAttention"/> or <see cref="PlainAttention"/>.</param>
    public static void Decoder(this NetworkWriter net, LanguageModelSizes sizes, bool grouped)
    {
        var graph = net.Graph;
        var embeddings = graph.Input("embeddings", ElementType.Float32, "batch", "tokens", sizes.Hidden);
        var wanted = graph.Input("logit_positions", ElementType.Int64, "batch", "answers");
        IAttentionForm attention = grouped ? new GroupedAttention(net, sizes) : new PlainAttention(net, sizes, embeddings);
        var model = net.At(Root);
        var state = embeddings;
        for (var layer = 0; layer < sizes.Layers; layer++)
        {
            net.Traced($"hidden_states.{layer}", state);
            state = Layer(model.At($"layers.{layer}"), layer, state, sizes, attention);
        }

        net.Traced("before_final_norm", state);
        var hidden = model.At("norm").RootMeanSquareNorm(state, sizes.Hidden, sizes.Epsilon);
        net.Traced($"hidden_states.{sizes.Layers}", hidden);
        var chosen = net.Node(
            "GatherND", [hidden, net.Node("Unsqueeze", [wanted, graph.Integers(2)])], ("batch_dims", 1));
        var head = sizes.Tied
            ? model.Matrix(Embedding, sizes.Hidden, sizes.Vocabulary)
            : net.Matrix("lm_head.weight", sizes.Hidden, sizes.Vocabulary);
        var logits = net.Widen(net.Node("MatMul", [net.Narrow(chosen), head]));
        graph.Output("logits", logits, ElementType.Float32, "batch", "answers", sizes.Vocabulary);
        graph.Output("hidden", hidden, ElementType.Float32, "batch", "tokens", sizes.Hidden);
    }

    private static string Layer(
        NetworkWriter net, int layer, string state, LanguageModelSizes sizes, IAttentionForm form)
    {
        var shared = sizes.KeyValueHeads * sizes.HeadWidth;
        var normed = net.At("input_layernorm").RootMeanSquareNorm(state, sizes.Hidden, sizes.Epsilon);
        var own = net.At("self_attn");
        var mixed = form.Attend(
            own,
            layer,
            own.At("q_proj").Linear(normed, sizes.Hidden, sizes.Hidden),
            own.At("k_proj").Linear(normed, sizes.Hidden, shared),
            own.At("v_proj").Linear(normed, sizes.Hidden, shared));
        var attended = net.Node("Add", [state, own.At("o_proj").Linear(mixed, sizes.Hidden, sizes.Hidden, bias: false)]);

        var again = net.At("post_attention_layernorm").RootMeanSquareNorm(attended, sizes.Hidden, sizes.Epsilon);
        var gate = net.Silu(net.At("mlp.gate_proj").Linear(again, sizes.Hidden, sizes.Perceptron, bias: false));
        var up = net.At("mlp.up_proj").Linear(again, sizes.Hidden, sizes.Perceptron, bias: false);
        var down = net.At("mlp.down_proj").Linear(net.Node("Mul", [gate, up]), sizes.Perceptron, sizes.Hidden, bias: false);
        return net.Node("Add", [attended, down]);
    }
}
