package tapwarden.appliance.ops;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Hears a signal each time that it comes; a shutdown hook hears the first only. The JDK's {@code
 * sun.misc.Signal} is the one way to it and outside its specification, so it is looked up, and
 * where it is missing the program does without.
 */
final class Signals {
  private Signals() {}

  /**
   * Calls {@code action}, on a thread of its own each time, for every signal of these names.
   *
   * @return whether all of them are heard
   */
  @SuppressWarnings("ReferenceEquality") // a proxy equals itself alone
  static boolean listen(List<String> names, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "equals" -> arguments != null && proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "Tapwarden";
                  });
      for (String name : names) {
        Object each = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, each, ours);
      }
      return true;
    } catch (ReflectiveOperationException | RuntimeException notHere) {
      System.getLogger(Signals.class.getName())
          .log(System.Logger.Level.DEBUG, "only the first signal will be heard", notHere);
      return false;
    }
  }
}
