package dev.sluice.exporters.debug;

import dev.sluice.otlp.Signal;
import java.io.IOException;
import java.util.Map;

/** Where lines go. The methods may block; one is called at a time, by whichever thread. */
interface LineOutput {
    /** Writes a line about a batch of a signal, with the numbers that belong to it. */
    void write(Signal signal, String message, Map<String, Integer> fields) throws IOException;

    default void open() throws IOException {}

    /** Legal unopened and twice. */
    default void close() throws IOException {}
}
