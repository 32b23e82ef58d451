package tapwarden.inspect.pipeline;

import tapwarden.inspect.alert.Finding;

/** What folds findings into one incident. */
record IncidentKey(String detector, String subject, String endpoint) {
  static IncidentKey of(Finding finding) {
    return new IncidentKey(
        finding.signature().detector(), finding.subject().id(), finding.endpoint().key());
  }
}
