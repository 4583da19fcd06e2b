using Google.Protobuf;
using SpexStream.Actors.Scenes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Actors.Wire;

/// <summary>Answers of scenes as protobuf.</summary>
internal static class SceneAnswerFormat
{
    public static IMessage Write(SceneAnswer answer) => answer switch
    {
        StripDecided decided => Write(decided),
        PassNoted noted => new Proto.PassNoted { Id = SceneAskFormat.Write(noted.Id) },
        OrderDecided decided => Write(decided),
        SceneRecalled recalled => new Proto.SceneRecalled { Id = SceneAskFormat.Write(recalled.Id) },
        SceneBroke broke => new Proto.SceneBroke
        {
            Id = SceneAskFormat.Write(broke.Id),
            Fault = broke.Fault,
            Sentence = broke.Sentence,
            IsOfJournal = broke.IsOfJournal,
        },
        AskAgain again => new Proto.AskAgain { Id = SceneAskFormat.Write(again.Id) },
        _ => throw new ArgumentException($"{answer.GetType()} does not leave its node.", nameof(answer)),
    };

    public static StripDecided Read(Proto.StripDecided decided) => new(
        SceneAskFormat.Read(decided.Id),
        decided.OutcomeCase switch
        {
            Proto.StripDecided.OutcomeOneofCase.Accepted => new DeliveryOutcome.Accepted(),
            Proto.StripDecided.OutcomeOneofCase.Duplicate => new DeliveryOutcome.Duplicate(),
            Proto.StripDecided.OutcomeOneofCase.Refused => new DeliveryOutcome.Refused(Read(decided.Refused)),
            _ => throw new ArgumentException("An outcome of a newer release.", nameof(decided)),
        });

    public static PassNoted Read(Proto.PassNoted noted) => new(SceneAskFormat.Read(noted.Id));

    public static OrderDecided Read(Proto.OrderDecided decided) => new(
        SceneAskFormat.Read(decided.Id),
        new SceneOrderOutcome(
            decided.IsDone, decided.Reason, decided.Sentence, decided.HasRevision ? decided.Revision : null));

    public static SceneRecalled Read(Proto.SceneRecalled recalled) => new(SceneAskFormat.Read(recalled.Id));

    public static SceneBroke Read(Proto.SceneBroke broke) =>
        new(SceneAskFormat.Read(broke.Id), broke.Fault, broke.Sentence) { IsOfJournal = broke.IsOfJournal };

    public static AskAgain Read(Proto.AskAgain again) => new(SceneAskFormat.Read(again.Id));

    private static Proto.StripDecided Write(StripDecided decided)
    {
        var message = new Proto.StripDecided { Id = SceneAskFormat.Write(decided.Id) };
        switch (decided.Outcome)
        {
            case DeliveryOutcome.Accepted:
                message.Accepted = new();
                break;
            case DeliveryOutcome.Duplicate:
                message.Duplicate = new();
                break;
            case DeliveryOutcome.Refused refused:
                message.Refused = new()
                {
                    Reason = refused.Rejection.Reason.Slug(),
                    Where = refused.Rejection.Where,
                    What = refused.Rejection.What,
                    Remedy = refused.Rejection.Remedy,
                };
                break;
            default:
                throw new ArgumentException($"{decided.Outcome} does not leave its node.", nameof(decided));
        }

        return message;
    }

    private static Proto.OrderDecided Write(OrderDecided decided)
    {
        var message = new Proto.OrderDecided
        {
            Id = SceneAskFormat.Write(decided.Id),
            IsDone = decided.Outcome.IsDone,
            Reason = decided.Outcome.Reason,
            Sentence = decided.Outcome.Sentence,
        };
        if (decided.Outcome.Revision is { } revision)
        {
            message.Revision = revision;
        }

        return message;
    }

    private static Rejection Read(Proto.Rejection rejection) => new(
        RejectionReasons.FromSlug(rejection.Reason)
            ?? throw new ArgumentException($"'{rejection.Reason}' is a reason of a newer release.", nameof(rejection)),
        rejection.Where, rejection.What, rejection.Remedy);
}
