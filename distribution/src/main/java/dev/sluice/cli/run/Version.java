package dev.sluice.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this build. */
public final class Version {
    private Version() {}

    public static String current() {
        try (InputStream text = Version.class.getResourceAsStream("version")) {
            if (text == null) {
                throw new IllegalStateException("the build left out the resource \"version\"");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
