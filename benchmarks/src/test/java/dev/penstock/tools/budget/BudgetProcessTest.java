package dev.penstock.tools.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.process.Programs;
import dev.penstock.tools.PenstockTools;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: its standard output, its locale, its exit code. */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class BudgetProcessTest {
    /** Takes nothing: no space left on device. */
    private static final File FULL = new File("/dev/full");

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void plan() throws Exception {
        file = BudgetFiles.write(folder, BudgetFiles.OVER.replace("checkout", "caf\u00e9"));
    }

    private ProcessBuilder tools(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Programs.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PenstockTools.class.getName(),
                "budget"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    @Test
    void namesAreUtf8WhateverTheLocale() throws Exception {
        Process process = tools("plan", file, "--alerts").start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(said).contains("hikaricp_connections_active{application=\"caf\u00e9\"} > 14");
    }

    @Test
    void aFullDiskIsToldByTheExitCode() throws Exception {
        assertThat(tools("plan", file, "--alerts").redirectOutput(FULL).start().waitFor())
                .isEqualTo(74);
    }

    @Test
    void theVerdictStandsWhetherOrNotItIsRead() throws Exception {
        assertThat(tools("check", file).redirectOutput(FULL).start().waitFor()).isEqualTo(2);
    }
}
