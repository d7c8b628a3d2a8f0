package dev.sluice.slo.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs bodies by HMAC-SHA256 (RFC 2104), in the form of GitHub's webhooks, which many receivers can check. */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private final String header;
    private final Mac mac;

    Signature(HmacConfig config) {
        header = config.header();
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(config.secret().reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    Map<String, String> of(byte[] body) {
        return Map.of(header, "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
    }
}
