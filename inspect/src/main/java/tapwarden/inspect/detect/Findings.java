package tapwarden.inspect.detect;

import java.util.List;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Signature;

/** Where a detector puts what it finds; who it is about and when are known already. */
public interface Findings {
  /**
   * @param score 0 to 100, see {@link tapwarden.inspect.alert.Severity#ofScore}
   * @param because reasons in words with the values observed, most important first
   */
  void raise(Signature signature, Endpoint endpoint, int score, List<String> because);
}
