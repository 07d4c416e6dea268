from . import lead_time
