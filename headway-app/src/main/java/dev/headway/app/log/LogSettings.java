package dev.headway.app.log;

import dev.headway.core.setting.Setting;

/**
 * How the program logs.
 *
 * @param level how much
 * @param format how it looks
 */
public record LogSettings(
    @Setting(name = "log.level", preset = "info", text = "How much is logged.") LogLevel level,
    @Setting(
            name = "log.format",
            preset = "text",
            text = "text for people, json for machines: one object a line.")
        LogFormat format) {}
