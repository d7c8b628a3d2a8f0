package dev.sluice.slo.state;

import java.io.IOException;

/** A file that cannot be used, as opposed to one that cannot be read. */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
        super(message);
    }
}
