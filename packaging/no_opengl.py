"""Northing draws without OpenGL, so 10 MB of bindings stay out; pyqtgraph asks for no more than the names."""

import sys
from types import ModuleType

for _name, _holds in (("QtOpenGL", {}), ("QtOpenGLWidgets", {"QOpenGLWidget": object})):
    _stand_in = ModuleType(f"PySide6.{_name}")
    vars(_stand_in).update(_holds)
    sys.modules[_stand_in.__name__] = _stand_in
