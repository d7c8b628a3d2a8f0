package dev.sluice.exporters.file;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where batches are written. All methods block; one is called at a time, by whichever thread. */
interface Destination {
    void open() throws IOException;

    /** An outcome for each batch, in the same order. */
    List<Outcome> write(List<Telemetry> batches);

    /** Lets go of everything. Legal unopened and twice. */
    void close() throws IOException;

    /** A disk that was full may have room again. */
    static Outcome refused(IOException failure) {
        return refused(String.valueOf(failure.getMessage()));
    }

    static Outcome refused(String reason) {
        return Outcome.retryable(Reason.UNAVAILABLE, reason, Duration.ofSeconds(1));
    }
}
