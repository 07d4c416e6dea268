from . import check
from . import finding
from . import lines_query
from . import goods_query
from . import turns_query
from . import run
from . import alarm
