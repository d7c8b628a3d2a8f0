package dev.sluice.prometheus;

import java.util.Map;

/** UCUM units as Prometheus spells them: {@code By/s} is {@code bytes} and {@code per_second}. */
record Units(String main, String per) {
    private static final Map<String, String> MAIN = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            // Sic: otlptranslator 1.0.0 says so, and a name once given is what dashboards ask for.
            Map.entry("TiBy", "tibibytes"),
            Map.entry("KBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("Hz", "hertz"),
            Map.entry("1", ""),
            Map.entry("%", "percent"));

    private static final Map<String, String> PER = Map.of(
            "s", "second",
            "m", "minute",
            "h", "hour",
            "d", "day",
            "w", "week",
            "mo", "month",
            "y", "year");

    /** Unknown units stay as they are; those in braces are annotations and drop out. */
    static Units of(String ucum) {
        int slash = ucum.indexOf('/');
        String main = (slash < 0 ? ucum : ucum.substring(0, slash)).strip();
        String per = slash < 0 ? "" : ucum.substring(slash + 1).strip();
        String perWord = annotation(per) ? "" : PER.getOrDefault(per, per);
        return new Units(
                annotation(main) ? "" : MAIN.getOrDefault(main, main), perWord.isEmpty() ? "" : "per_" + perWord);
    }

    /** Both parts in the old alphabet, without underscores at the ends or in a row. */
    Units escaped() {
        String cleanPer = clean(per);
        return new Units(clean(main), cleanPer.equals("per") ? "" : cleanPer);
    }

    private static boolean annotation(String unit) {
        return unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0;
    }

    private static String clean(String unit) {
        return String.join("_", MetricNames.tokens(unit));
    }
}
