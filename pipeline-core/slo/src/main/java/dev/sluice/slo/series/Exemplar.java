package dev.sluice.slo.series;

import java.util.HexFormat;

/**
 * A measurement with the trace that it was made in.
 *
 * @param spanId 0 where it is not known
 * @param time milliseconds since 1970
 */
public record Exemplar(long traceIdHigh, long traceIdLow, long spanId, double value, long time) {
    /** 32 hexadecimal digits. */
    public String traceIdHex() {
        return HexFormat.of().toHexDigits(traceIdHigh) + HexFormat.of().toHexDigits(traceIdLow);
    }

    /** 16 hexadecimal digits. */
    public String spanIdHex() {
        return HexFormat.of().toHexDigits(spanId);
    }
}
