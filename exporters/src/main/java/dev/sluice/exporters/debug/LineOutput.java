package dev.sluice.exporters.debug;

import java.io.IOException;
import java.util.Map;

/** Where lines go. The methods may block; one is called at a time, by whichever thread. */
interface LineOutput {
    /** Writes the line with the numbers that belong to it. */
    void write(String message, Map<String, Integer> fields) throws IOException;

    default void open() throws IOException {}

    /** Legal unopened and twice. */
    default void close() throws IOException {}
}
