"""What is said of the computer comes without the help of other programs."""

from __future__ import annotations

import subprocess

from app.core import machine


def test_no_other_program_is_started_for_it(monkeypatch):
    def refuse(*_args, **_options):
        raise AssertionError("a program was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert len(machine.system().split()) >= 3
