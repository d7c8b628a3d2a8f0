package dev.sluice.exporters.grafana;

/** Names within queries. */
final class Text {
    private Text() {}

    /** Within double quotes of PromQL and LogQL. */
    static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** The same where a regular expression is wanted, which is to match nothing else. */
    static String literal(String value) {
        return quoted(value.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0"));
    }
}
