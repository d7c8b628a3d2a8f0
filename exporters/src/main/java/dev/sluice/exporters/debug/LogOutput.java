package dev.sluice.exporters.debug;

import dev.sluice.otlp.Signal;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Lines of Sluice's own log, at level info; the signal and the numbers are the fields of the entry. */
final class LogOutput implements LineOutput {
    private final Logger log;

    LogOutput(Logger log) {
        this.log = log;
    }

    @Override
    public void write(Signal signal, String message, Map<String, Integer> fields) {
        LoggingEventBuilder entry = log.atInfo().addKeyValue("otelcol.signal", signal.key());
        for (Map.Entry<String, Integer> field : fields.entrySet()) {
            entry = entry.addKeyValue(field.getKey(), field.getValue());
        }
        entry.log(message);
    }
}
