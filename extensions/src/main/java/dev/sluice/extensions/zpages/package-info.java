/** The extension {@code zpages}: pages about the running service for people and scripts. */
@org.jspecify.annotations.NullMarked
package dev.sluice.extensions.zpages;
