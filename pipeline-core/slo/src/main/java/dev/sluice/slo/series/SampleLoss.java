package dev.sluice.slo.series;

import java.util.Locale;

/** Why a sample is not kept. */
public enum SampleLoss {
    /** It is older than anything that a rule may still look at. */
    LATE,
    /** Its time is so far ahead that the sender's clock must be wrong. */
    FUTURE,
    /** There is a sample of that time already. */
    DUPLICATE,
    /** A delta that begins before the last one ended. */
    OVERLAP,
    /** The series has {@code max_samples_per_series} samples: the oldest goes. */
    OVERFLOW,
    /** A delta of a histogram that cannot be added to those before. */
    INCOMPATIBLE,
    /** A native histogram in a long window, whose panes hold numbers. */
    NO_PANE;

    /** The value of the label {@code reason}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
