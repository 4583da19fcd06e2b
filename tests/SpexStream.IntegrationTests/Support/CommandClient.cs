using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.IntegrationTests.Support;

/// <summary>Gives commands over a connection, and waits for their answers.</summary>
public sealed class CommandClient(IMqttConnection connection, string user)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);
    private int _asked;

    /// <summary>Questions so far.</summary>
    public int Asked => _asked;

    /// <summary>Answers so far, to whatever.</summary>
    public int Answered { get; private set; }

    private string Replies => $"spex/a/{DaemonRig.Station}/reply/{user}/answers";

    /// <summary>Begins to listen for answers.</summary>
    public async Task<CommandClient> ListenAsync()
    {
        await connection.SubscribeAsync([new MqttSubscription(Replies)], CancellationToken.None);
        return this;
    }

    /// <summary>The answer to a command.</summary>
    public async Task<JsonNode> AskAsync(string verb, string arguments = "")
    {
        var number = Encoding.UTF8.GetBytes($"{++_asked}");
        await connection.PublishAsync(
            new MqttMessage
            {
                Topic = $"spex/a/{DaemonRig.Station}/cmd/{verb}",
                Payload = Encoding.UTF8.GetBytes(arguments),
                ResponseTopic = Replies,
                CorrelationData = number,
            },
            CancellationToken.None);
        using var limit = new CancellationTokenSource(Longest);
        while (true)
        {
            using var delivery = await connection.Deliveries.ReadAsync(limit.Token);
            await delivery.AcknowledgeAsync();
            Answered++;
            if (delivery.Message.CorrelationData?.Span.SequenceEqual(number) == true)
            {
                return JsonNode.Parse(delivery.Message.Payload.Span)!;
            }
        }
    }

    /// <summary>Status and reason of the answer to a command.</summary>
    public async Task<string> GiveAsync(string verb, string arguments = "")
    {
        var answer = await AskAsync(verb, arguments);
        return $"{answer["status"]} {answer["reason"]}";
    }
}
