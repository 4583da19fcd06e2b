using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Alerts.Rules;

/// <summary>From which value on an alert has a severity.</summary>
/// <param name="From">In the unit of the rule's metric.</param>
/// <param name="Severity">The severity from there on.</param>
public readonly record struct SeverityStep(double From, AlertSeverity Severity);
