package dev.sluice.slo.alert;

import java.nio.charset.StandardCharsets;

/** The attributes of an alert's log record. Times are RFC 3339 texts, which people read in their log store. */
final class AlertKeys {
    static final String EVENT_NAME = "slo.alert";
    static final String NAME = AlertNotice.NAME;
    static final String STATE = "state";
    static final String VALUE = "value";
    static final String LABELS = "labels";
    static final String ANNOTATIONS = "annotations";
    static final String FINGERPRINT = "slo.fingerprint";
    static final String GROUP = "slo.group";
    static final String GENERATOR_URL = "slo.generator_url";
    static final String ACTIVE_AT = "slo.active_at";
    static final String FIRED_AT = "slo.fired_at";
    static final String RESOLVED_AT = "slo.resolved_at";
    static final String ENDS_AT = "slo.ends_at";
    static final String DUE_AT = "slo.due_at";
    static final String REPEAT = "slo.repeat";

    /** Labels of the rules that Sloth makes, and the attributes that say the same for whoever looks for an SLO. */
    static final String[][] OBJECTIVE = {
        {"sloth_id", "slo.id"}, {"sloth_service", "slo.service"}, {"sloth_slo", "slo.name"}
    };

    private AlertKeys() {}

    static byte[] utf8(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
