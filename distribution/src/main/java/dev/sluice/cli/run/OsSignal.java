package dev.sluice.cli.run;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** What the operating system, or a user at the keyboard, asks a running process to do. */
public enum OsSignal {
    HUP("hangup"),
    INT("interrupt"),
    TERM("terminated");

    private final String word;

    OsSignal(String word) {
        this.word = word;
    }

    /** The word for it in the Collector's log. */
    public String word() {
        return word;
    }

    /**
     * Calls the consumer, on a thread of the JVM, for each of these signals from now on, instead of ending the process. {@code sun.misc.Signal}
     * is the only way to it and is called by reflection, since the compiler would warn of it in a way that cannot be suppressed.
     */
    static void handle(Consumer<OsSignal> consumer) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            for (OsSignal known : values()) {
                Object called = Proxy.newProxyInstance(
                        handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                consumer.accept(known);
                            }
                            return null;
                        });
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(known.name()), called);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not pass signals on", e);
        }
    }
}
